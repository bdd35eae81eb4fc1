package dev.auditpolicy.host.log;

/**
 * The file to which a live kube-apiserver writes its audit log, compared with the file on disk. The metrics of kube-apiserver do
 * not show a difference: writing to a deleted file is not an error (kubernetes#111208).
 */
public sealed interface LogFile {

    /** The file on disk is open. */
    record InPlace() implements LogFile {}

    /**
     * No file is open. No events are lost: kube-apiserver opens its log for the first event and after each rotation.
     */
    record NotOpen() implements LogFile {}

    /**
     * The open file is not the one on disk. Only a restart makes kube-apiserver open the file on disk.
     *
     * @param reason a clause that begins with "the live kube-apiserver"
     */
    record Lost(String reason) implements LogFile {}

    /**
     * The file on disk cannot be written. kube-apiserver would not start again.
     *
     * @param reason a clause that begins with "the live kube-apiserver"
     * @param solution what to do, in the imperative
     */
    record NotWritable(String reason, String solution) implements LogFile {}
}
