// libchafa's own one lies in a directory that only pkg-config names: the version that is used here.
#pragma once
#define CHAFA_MAJOR_VERSION 1
#define CHAFA_MINOR_VERSION 12
#define CHAFA_MICRO_VERSION 0
