"""Loads a YAML file with libyaml's scanner and PyYAML's constructors, and does nothing with it."""
import sys

import yaml

with open(sys.argv[1], "rb") as file:
    yaml.load(file, Loader=yaml.CSafeLoader)
