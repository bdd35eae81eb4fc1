package dev.auditpolicy.agent.observe;

import dev.auditpolicy.api.v1alpha1.LogStatus;
import dev.auditpolicy.api.v1alpha1.Observed;
import java.util.Optional;

/**
 * What was observed.
 *
 * @param log size and growth of the log; empty if kube-apiserver writes no file of the node
 */
public record Survey(Observed observed, Optional<LogStatus> log) {}
