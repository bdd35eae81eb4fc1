package dev.auditpolicy.event.read;

import java.io.IOException;
import java.io.InputStream;

/** A file or stream with one audit event per line. */
public interface EventLog {

    /** Its name in messages. */
    String name();

    /** Opens it, uncompressed. */
    InputStream open() throws IOException;
}
