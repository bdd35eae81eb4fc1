package dev.auditpolicy.policy;

import java.util.List;

/**
 * The resources of one API group in a {@link DecodedRule}.
 *
 * @param group empty if absent: both are the core group
 */
record DecodedResources(String group, List<String> resources, List<String> resourceNames) {}
