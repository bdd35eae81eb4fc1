package dev.auditpolicy.host.log;

/**
 * What an audit log takes up.
 *
 * @param bytes of the file and of those that it was rotated to
 * @param freeBytes of its file system, for a process without privileges
 * @param capacityBytes of its file system
 */
public record LogUsage(long bytes, long freeBytes, long capacityBytes) {}
