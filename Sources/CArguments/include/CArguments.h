#pragma once

/* Nothing is called by name: linking this is enough. */
