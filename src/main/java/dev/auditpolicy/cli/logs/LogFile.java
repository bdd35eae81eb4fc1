package dev.auditpolicy.cli.logs;

import dev.auditpolicy.event.read.EventLog;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.GZIPInputStream;

/** An audit log on disk or on standard input, which may be compressed by gzip. */
record LogFile(String name) implements EventLog {

    private static final String STANDARD_INPUT = "-";
    private static final int BUFFER = 64 * 1024;
    private static final byte[] GZIP = {0x1f, (byte) 0x8b};

    @Override
    public InputStream open() throws IOException {
        boolean isStandardInput = name.equals(STANDARD_INPUT);
        InputStream plain =
                new BufferedInputStream(isStandardInput ? System.in : Files.newInputStream(Path.of(name)), BUFFER);
        try {
            plain.mark(GZIP.length);
            byte[] start = plain.readNBytes(GZIP.length);
            plain.reset();
            return Arrays.equals(start, GZIP) ? new GZIPInputStream(plain, BUFFER) : plain;
        } catch (IOException e) {
            plain.close();
            throw e;
        }
    }
}
