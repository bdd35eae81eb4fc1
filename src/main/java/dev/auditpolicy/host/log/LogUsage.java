package dev.auditpolicy.host.log;

/**
 * Disk usage of an audit log.
 *
 * @param bytes size of the current file and the rotated files
 * @param freeBytes on the file system, available to unprivileged processes
 * @param capacityBytes of the file system
 */
public record LogUsage(long bytes, long freeBytes, long capacityBytes) {}
