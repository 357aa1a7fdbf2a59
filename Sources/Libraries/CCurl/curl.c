// libcurl brings thirty further libraries: it is opened when the first connection is made.
#define CURL_DISABLE_TYPECHECK
#include "shim.h"
#include "../lazy.h"

// Macros of the header, which only count arguments.
#undef curl_easy_setopt
#undef curl_easy_getinfo

#define FUNCTIONS(F)                                                                            \
  F(CURLcode, curl_global_init, (long flags), (flags))                                          \
  F(CURL *, curl_easy_init, (void), ())                                                         \
  F(void, curl_easy_cleanup, (CURL *handle), (handle))                                          \
  F(CURLcode, curl_easy_recv, (CURL *handle, void *buffer, size_t size, size_t *count),         \
    (handle, buffer, size, count))                                                              \
  F(CURLcode, curl_easy_send, (CURL *handle, const void *buffer, size_t size, size_t *count),   \
    (handle, buffer, size, count))                                                              \
  F(const char *, curl_easy_strerror, (CURLcode code), (code))                                  \
  F(char *, curl_easy_escape, (CURL *handle, const char *text, int size), (handle, text, size)) \
  F(char *, curl_easy_unescape, (CURL *handle, const char *text, int size, int *count),         \
    (handle, text, size, count))                                                                \
  F(void, curl_free, (void *memory), (memory))                                                  \
  F(time_t, curl_getdate, (const char *text, const time_t *unused), (text, unused))             \
  F(struct curl_slist *, curl_slist_append, (struct curl_slist *list, const char *text),        \
    (list, text))                                                                               \
  F(void, curl_slist_free_all, (struct curl_slist *list), (list))                               \
  F(CURLM *, curl_multi_init, (void), ())                                                       \
  F(CURLMcode, curl_multi_cleanup, (CURLM *multi), (multi))                                     \
  F(CURLMcode, curl_multi_add_handle, (CURLM *multi, CURL *handle), (multi, handle))            \
  F(CURLMcode, curl_multi_remove_handle, (CURLM *multi, CURL *handle), (multi, handle))         \
  F(CURLMcode, curl_multi_perform, (CURLM *multi, int *running), (multi, running))              \
  F(CURLMsg *, curl_multi_info_read, (CURLM *multi, int *left), (multi, left))                  \
  F(CURLMcode, curl_multi_poll,                                                                 \
    (CURLM *multi, struct curl_waitfd *waits, unsigned int count, int timeout, int *ready),     \
    (multi, waits, count, timeout, ready))                                                      \
  F(CURLMcode, curl_multi_wakeup, (CURLM *multi), (multi))

#define VARIADIC(F) F(curl_easy_setopt) F(curl_easy_getinfo)

LAZY_LIBRARY(ccurl, "libcurl.so.4", FUNCTIONS, VARIADIC)

CURLcode ccurl_set_long(CURL *handle, CURLoption option, long value) {
  return library.curl_easy_setopt(handle, option, value);
}

CURLcode ccurl_set_offset(CURL *handle, CURLoption option, curl_off_t value) {
  return library.curl_easy_setopt(handle, option, value);
}

CURLcode ccurl_set_string(CURL *handle, CURLoption option, const char *value) {
  return library.curl_easy_setopt(handle, option, value);
}

CURLcode ccurl_set_pointer(CURL *handle, CURLoption option, void *value) {
  return library.curl_easy_setopt(handle, option, value);
}

CURLcode ccurl_set_data_callback(CURL *handle, CURLoption option, curl_write_callback value) {
  return library.curl_easy_setopt(handle, option, value);
}

CURLcode ccurl_set_seek_callback(CURL *handle, curl_seek_callback value) {
  return library.curl_easy_setopt(handle, CURLOPT_SEEKFUNCTION, value);
}

CURLcode ccurl_set_open_socket_callback(CURL *handle, curl_opensocket_callback value) {
  return library.curl_easy_setopt(handle, CURLOPT_OPENSOCKETFUNCTION, value);
}

CURLcode ccurl_get_long(CURL *handle, CURLINFO info, long *value) {
  return library.curl_easy_getinfo(handle, info, value);
}

CURLcode ccurl_get_offset(CURL *handle, CURLINFO info, curl_off_t *value) {
  return library.curl_easy_getinfo(handle, info, value);
}

CURLcode ccurl_get_socket(CURL *handle, CURLINFO info, curl_socket_t *value) {
  return library.curl_easy_getinfo(handle, info, value);
}
