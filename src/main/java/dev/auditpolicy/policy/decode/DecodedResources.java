package dev.auditpolicy.policy.decode;

import java.util.List;

/**
 * The resources of one API group in a {@link DecodedRule}.
 *
 * @param group empty if absent; both mean the core group
 */
public record DecodedResources(String group, List<String> resources, List<String> resourceNames) {}
