package dev.auditpolicy.host.survey;

/**
 * A file from which kubelet makes a static pod.
 *
 * @param name in its directory
 * @param text its content
 */
public record ManifestFile(String name, String text) {}
