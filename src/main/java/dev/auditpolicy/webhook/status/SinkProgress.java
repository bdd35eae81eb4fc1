package dev.auditpolicy.webhook.status;

import java.util.Map;
import java.util.TreeMap;

/**
 * What a kube-apiserver has done between two readings.
 *
 * @param attemptsByCode POST requests by status code, without those that did not change
 * @param lostByPlugin dropped events by the part of the backend that dropped them
 * @param events all events, including the dropped ones
 */
public record SinkProgress(Map<String, Long> attemptsByCode, Map<String, Long> lostByPlugin, long events) {

    private static final int FIRST_SUCCESS = 200;
    private static final int LAST_SUCCESS = 206;

    public SinkProgress {
        attemptsByCode = Map.copyOf(attemptsByCode);
        lostByPlugin = Map.copyOf(lostByPlugin);
    }

    public long attempts() {
        return sum(attemptsByCode);
    }

    /** Each batch has up to five attempts, so a failed one is not yet a lost batch. */
    public Map<String, Long> failedByCode() {
        var failed = new TreeMap<>(attemptsByCode);
        failed.keySet().removeIf(SinkProgress::isSuccess);
        return failed;
    }

    public long failedAttempts() {
        return sum(failedByCode());
    }

    public long successfulAttempts() {
        return attempts() - failedAttempts();
    }

    /** kube-apiserver counts them only when it gives a batch up, 80 to 250 s after the first failed attempt. */
    public long eventsLost() {
        return sum(lostByPlugin);
    }

    /** kube-apiserver takes no other status for delivered. A redirect it has followed is counted as the status of its target. */
    private static boolean isSuccess(String code) {
        return code.matches("[0-9]{3}")
                && Integer.parseInt(code) >= FIRST_SUCCESS
                && Integer.parseInt(code) <= LAST_SUCCESS;
    }

    private static long sum(Map<String, Long> counts) {
        return counts.values().stream().mapToLong(Long::longValue).sum();
    }
}
