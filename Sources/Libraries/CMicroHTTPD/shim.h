#include <microhttpd.h>

/// Opens libmicrohttpd, once a process: NULL, or why there is none, in the system's words.
const char *cmhd_failure(void);

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

struct MHD_Daemon *cmhd_start(unsigned int flags, const cmhd_configuration *it);

enum MHD_Result cmhd_close_upgraded(struct MHD_UpgradeResponseHandle *handle);

// The connection's own socket, which under TLS is not the one that an upgrade hands over.
MHD_socket cmhd_socket(struct MHD_Connection *connection);

uint16_t cmhd_port(struct MHD_Daemon *daemon);
