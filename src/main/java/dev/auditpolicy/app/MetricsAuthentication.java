package dev.auditpolicy.app;

/** Values of an option, as they are written. */
enum MetricsAuthentication {
    None,
    Token
}
