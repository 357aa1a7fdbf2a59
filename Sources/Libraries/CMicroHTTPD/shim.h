#include <microhttpd.h>

// Swift cannot call variadic functions: the one way in which this program starts a daemon.

typedef struct {
  const struct sockaddr *address;   // or NULL with a listening socket
  MHD_socket listening;             // MHD_INVALID_SOCKET with an address
  const char *key;                  // PEM, NULL without TLS
  const char *certificate;          // PEM, NULL without TLS
  unsigned int idle_seconds;        // a connection without traffic ends after these
  MHD_AccessHandlerCallback answer;
  void *(*begin)(void *context, const char *target, struct MHD_Connection *connection);
  MHD_RequestCompletedCallback complete;
  MHD_AcceptPolicyCallback admit;         // may refuse a connection by its address
  MHD_NotifyConnectionCallback notify;    // hears of each connection's beginning and end
  unsigned int connections;               // beyond these it stops accepting
  void *context;
} cmhd_configuration;

static inline struct MHD_Daemon *cmhd_start(unsigned int flags, const cmhd_configuration *it) {
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
  return MHD_start_daemon(flags, 0, it->admit, it->context, it->answer, it->context,
                          MHD_OPTION_ARRAY, options, MHD_OPTION_END);
}

static inline enum MHD_Result cmhd_close_upgraded(struct MHD_UpgradeResponseHandle *handle) {
  return MHD_upgrade_action(handle, MHD_UPGRADE_ACTION_CLOSE);
}

// The connection's own socket, which under TLS is not the one that an upgrade hands over.
static inline MHD_socket cmhd_socket(struct MHD_Connection *connection) {
  const union MHD_ConnectionInfo *info =
    MHD_get_connection_info(connection, MHD_CONNECTION_INFO_CONNECTION_FD);
  return info ? info->connect_fd : MHD_INVALID_SOCKET;
}

static inline uint16_t cmhd_port(struct MHD_Daemon *daemon) {
  const union MHD_DaemonInfo *info = MHD_get_daemon_info(daemon, MHD_DAEMON_INFO_BIND_PORT);
  return info ? info->port : 0;
}
