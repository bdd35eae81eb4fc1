package dev.auditpolicy.host.log;

import static java.util.Objects.requireNonNull;

/**
 * What a live kube-apiserver writes its audit log to, against the file that is on disk. Its own metrics do not tell: events
 * that go to a deleted file are no errors to it (kubernetes#111208).
 */
public sealed interface LogFile {

    /** It has the file that is on disk open. */
    record InPlace() implements LogFile {}

    /**
     * It has none open, and that is no loss: kube-apiserver opens its log with the first event, and again for each
     * rotation.
     */
    record NotOpen() implements LogFile {}

    /**
     * What it writes is in no file that anybody finds; only a restart makes it open the right one.
     *
     * @param reason why, as a clause that begins with "the live kube-apiserver"
     */
    record Lost(String reason) implements LogFile {

        public Lost {
            requireNonNull(reason, "reason is null");
        }
    }

    /**
     * It cannot write, and would not start again either.
     *
     * @param mountPoint what is mounted read-only
     */
    record ReadOnly(String mountPoint) implements LogFile {

        public ReadOnly {
            requireNonNull(mountPoint, "mountPoint is null");
        }
    }
}
