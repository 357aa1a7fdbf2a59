#include <curl/curl.h>

/// Opens libcurl, once a process: NULL, or why there is none, in the system's words.
const char *ccurl_failure(void);

// Swift cannot call variadic functions: one typed door for each kind of argument.

CURLcode ccurl_set_long(CURL *handle, CURLoption option, long value);
CURLcode ccurl_set_offset(CURL *handle, CURLoption option, curl_off_t value);
CURLcode ccurl_set_string(CURL *handle, CURLoption option, const char *value);
CURLcode ccurl_set_pointer(CURL *handle, CURLoption option, void *value);
// The callbacks for reading, writing and header lines share this signature.
CURLcode ccurl_set_data_callback(CURL *handle, CURLoption option, curl_write_callback value);
CURLcode ccurl_set_seek_callback(CURL *handle, curl_seek_callback value);
CURLcode ccurl_set_open_socket_callback(CURL *handle, curl_opensocket_callback value);
CURLcode ccurl_get_long(CURL *handle, CURLINFO info, long *value);
CURLcode ccurl_get_offset(CURL *handle, CURLINFO info, curl_off_t *value);
CURLcode ccurl_get_socket(CURL *handle, CURLINFO info, curl_socket_t *value);
