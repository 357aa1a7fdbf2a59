#include <sqlite3.h>

/* Codes that are written as sums, which Swift does not import. */
static const int SQLiteShortRead = SQLITE_IOERR_SHORT_READ;
/* A page whose check sum does not fit. */
static const int SQLiteDamagedData = SQLITE_IOERR_DATA;
