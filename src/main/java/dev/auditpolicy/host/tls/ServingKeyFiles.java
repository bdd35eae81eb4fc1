package dev.auditpolicy.host.tls;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The key in two files, read again when one of them changes. */
public final class ServingKeyFiles implements Supplier<ServingKey> {

    private static final Logger LOG = LoggerFactory.getLogger(ServingKeyFiles.class);

    private final Path certificates;
    private final Path privateKey;
    private List<FileTime> times;
    private ServingKey key;

    /** Reads them for the first time. */
    public ServingKeyFiles(Path certificates, Path privateKey) throws IOException {
        this.certificates = certificates;
        this.privateKey = privateKey;
        this.times = times();
        this.key = ServingKey.read(certificates, privateKey);
    }

    /** Two files are not replaced at once: while they do not fit, the previous key stays in use. */
    @Override
    public synchronized ServingKey get() {
        try {
            var now = times();
            if (!now.equals(times)) {
                times = now;
                key = ServingKey.read(certificates, privateKey);
                LOG.atInfo().addKeyValue("file", certificates).log("Metrics endpoint uses the new certificate");
            }
        } catch (IOException failure) {
            LOG.atWarn()
                    .addKeyValue("reason", failure.getMessage())
                    .log("Metrics endpoint keeps the previous certificate");
        }
        return key;
    }

    private List<FileTime> times() throws IOException {
        return List.of(Files.getLastModifiedTime(certificates), Files.getLastModifiedTime(privateKey));
    }
}
