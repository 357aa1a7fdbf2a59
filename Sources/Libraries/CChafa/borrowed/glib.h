// The few types of GLib that libchafa's headers name, as GLib defines them on every Unix: its own
// headers are a package of megabytes, of which nothing else is used.
#pragma once
#include <stddef.h>
#include <stdint.h>

#define G_BEGIN_DECLS
#define G_END_DECLS
#define G_GNUC_WARN_UNUSED_RESULT
#define G_GNUC_EXTENSION
#define G_DEPRECATED
#define G_DEPRECATED_FOR(other)
#define G_UNAVAILABLE(major, minor)
#define _GLIB_EXTERN extern
#define GLIB_CHECK_VERSION(major, minor, micro) 1
#define G_ENCODE_VERSION(major, minor) ((major) << 16 | (minor) << 8)

typedef char gchar;
typedef int gint;
typedef int gboolean;
typedef unsigned int guint;
typedef unsigned char guchar;
typedef uint8_t guint8;
typedef uint16_t guint16;
typedef int16_t gint16;
typedef uint32_t guint32;
typedef int32_t gint32;
typedef uint64_t guint64;
typedef int64_t gint64;
typedef uint32_t gunichar;
typedef float gfloat;
typedef double gdouble;
typedef size_t gsize;
typedef ptrdiff_t gssize;
typedef void *gpointer;
typedef const void *gconstpointer;
typedef guint32 GQuark;
typedef struct _GError GError;
typedef struct {
  gchar *str;
  gsize len;
  gsize allocated_len;
} GString;
