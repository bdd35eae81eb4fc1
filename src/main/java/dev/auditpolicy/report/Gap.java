package dev.auditpolicy.report;

/**
 * Something that stands between the resources and a proof, or a time without records.
 *
 * @param subject a node, or what else it is about
 * @param text a sentence without its full stop
 */
public record Gap(String subject, String text) {}
