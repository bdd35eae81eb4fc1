package dev.auditpolicy.agent.webhook;

import dev.auditpolicy.webhook.probe.ProbeResult;
import dev.auditpolicy.webhook.status.SinkHealth;
import java.util.Optional;

/**
 * What is known about the receiver of the events of the live kube-apiserver.
 *
 * @param host host and port of the receiver
 * @param health empty while the metrics of kube-apiserver cannot be read
 * @param lostAtStop about how many events the previous process had not delivered when it ended
 * @param answer what the receiver last answered the agent; empty if it was not asked
 * @param failure why the metrics cannot be read
 */
public record ObservedSink(
        String host, Optional<SinkHealth> health, long lostAtStop, Optional<ProbeResult> answer, String failure) {}
