import Preflight
