// libmicrohttpd brings GnuTLS: it is opened when the first server begins to listen.
#include "shim.h"
#include "../lazy.h"

#define FUNCTIONS(F)                                                                            \
  F(enum MHD_Result, MHD_add_response_header,                                                   \
    (struct MHD_Response *response, const char *name, const char *value),                       \
    (response, name, value))                                                                    \
  F(struct MHD_Response *, MHD_create_response_from_buffer,                                     \
    (size_t size, void *buffer, enum MHD_ResponseMemoryMode mode), (size, buffer, mode))        \
  F(struct MHD_Response *, MHD_create_response_from_fd64, (uint64_t size, int file),            \
    (size, file))                                                                               \
  F(struct MHD_Response *, MHD_create_response_for_upgrade,                                     \
    (MHD_UpgradeHandler handler, void *context), (handler, context))                            \
  F(void, MHD_destroy_response, (struct MHD_Response *response), (response))                    \
  F(enum MHD_Result, MHD_queue_response,                                                        \
    (struct MHD_Connection *connection, unsigned int status, struct MHD_Response *response),    \
    (connection, status, response))                                                             \
  F(int, MHD_get_connection_values,                                                             \
    (struct MHD_Connection *connection, enum MHD_ValueKind kind, MHD_KeyValueIterator iterator, \
     void *context),                                                                            \
    (connection, kind, iterator, context))                                                      \
  F(void, MHD_suspend_connection, (struct MHD_Connection *connection), (connection))            \
  F(void, MHD_resume_connection, (struct MHD_Connection *connection), (connection))             \
  F(MHD_socket, MHD_quiesce_daemon, (struct MHD_Daemon *daemon), (daemon))                      \
  F(void, MHD_stop_daemon, (struct MHD_Daemon *daemon), (daemon))

#define VARIADIC(F)                                                                             \
  F(MHD_start_daemon) F(MHD_upgrade_action) F(MHD_get_connection_info) F(MHD_get_daemon_info)

LAZY_LIBRARY(cmhd, "libmicrohttpd.so.12", FUNCTIONS, VARIADIC)

struct MHD_Daemon *cmhd_start(unsigned int flags, const cmhd_configuration *it) {
  struct MHD_OptionItem options[12];
  int count = 0;
#define CMHD_OPTION(name, number, pointer) \
  options[count++] = (struct MHD_OptionItem){name, (intptr_t)(number), (void *)(pointer)}
  CMHD_OPTION(MHD_OPTION_CONNECTION_TIMEOUT, it->idle_seconds, 0);
  CMHD_OPTION(MHD_OPTION_URI_LOG_CALLBACK, it->begin, it->context);
  CMHD_OPTION(MHD_OPTION_NOTIFY_COMPLETED, it->complete, it->context);
  CMHD_OPTION(MHD_OPTION_NOTIFY_CONNECTION, it->notify, it->context);
  CMHD_OPTION(MHD_OPTION_CONNECTION_LIMIT, it->connections, 0);
  if (it->address) {
    CMHD_OPTION(MHD_OPTION_SOCK_ADDR, 0, it->address);
  } else {
    CMHD_OPTION(MHD_OPTION_LISTEN_SOCKET, it->listening, 0);
  }
  if (it->key) {
    CMHD_OPTION(MHD_OPTION_HTTPS_MEM_KEY, 0, it->key);
    CMHD_OPTION(MHD_OPTION_HTTPS_MEM_CERT, 0, it->certificate);
    CMHD_OPTION(MHD_OPTION_HTTPS_PRIORITIES, 0, "NORMAL:-VERS-ALL:+VERS-TLS1.3:+VERS-TLS1.2");
  }
  CMHD_OPTION(MHD_OPTION_END, 0, 0);
#undef CMHD_OPTION
  return library.MHD_start_daemon(flags, 0, it->admit, it->context, it->answer, it->context,
                          MHD_OPTION_ARRAY, options, MHD_OPTION_END);
}

enum MHD_Result cmhd_close_upgraded(struct MHD_UpgradeResponseHandle *handle) {
  return library.MHD_upgrade_action(handle, MHD_UPGRADE_ACTION_CLOSE);
}

MHD_socket cmhd_socket(struct MHD_Connection *connection) {
  const union MHD_ConnectionInfo *info =
    library.MHD_get_connection_info(connection, MHD_CONNECTION_INFO_CONNECTION_FD);
  return info ? info->connect_fd : MHD_INVALID_SOCKET;
}

uint16_t cmhd_port(struct MHD_Daemon *daemon) {
  const union MHD_DaemonInfo *info = library.MHD_get_daemon_info(daemon, MHD_DAEMON_INFO_BIND_PORT);
  return info ? info->port : 0;
}
