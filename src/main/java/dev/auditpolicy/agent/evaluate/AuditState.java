package dev.auditpolicy.agent.evaluate;

import dev.auditpolicy.agent.plan.Differences;
import dev.auditpolicy.api.v1alpha1.AuditNodeSpec;
import dev.auditpolicy.host.process.ApiServerProcess;
import java.util.List;

/** What the live kube-apiserver records, whichever revision it is to run. */
public sealed interface AuditState {

    /** It is verified to run {@code spec} and to record requests. */
    record Proven(AuditNodeSpec spec, ApiServerProcess process, LogObservation observation) implements AuditState {}

    /** Events that {@code revision} records do not reach the audit log. */
    record Lost(String revision, Cause cause, List<String> reasons) implements AuditState {

        /** The name is the reason of the condition. */
        public enum Cause {
            /** Its flags or policy differ. */
            OutOfSync,
            /** It writes to a file that is not the log on disk. */
            LogLost,
            /** It cannot write to the log on disk. */
            LogNotWritable,
            /** The log does not contain the canary as the policy requires. */
            NotRecorded,
            /** It has given events up that its webhook did not take, and it has no log. */
            NotDelivered
        }

        public Lost {
            reasons = List.copyOf(reasons);
        }

        public String message() {
            var what = cause == Cause.OutOfSync
                    ? "kube-apiserver does not run revision " + revision + ", the last that was verified: "
                    : "events are being lost now: ";
            return what + Differences.summary(reasons);
        }
    }

    /** It cannot be verified now, which is no evidence of a loss: it is starting, for example. */
    record Unverified(List<String> reasons) implements AuditState {

        public Unverified {
            reasons = List.copyOf(reasons);
        }
    }

    /** No revision was ever verified on this node. */
    record Unmanaged() implements AuditState {}
}
