package dev.auditpolicy.host.file;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.ObjectWriter;
import dev.auditpolicy.journal.FileImage;
import dev.auditpolicy.journal.Journal;
import java.io.IOException;

/** The {@link Journal} as a durable file of the node. */
public final class JournalFile {

    /** The path on every node. */
    public static final String PATH = "/var/lib/auditpolicy/journal.json";

    private static final ObjectReader READER = new ObjectMapper()
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .readerFor(Journal.class);
    private static final ObjectWriter WRITER = new ObjectMapper().writer();

    private final NodeFiles files;
    private final String path;

    public JournalFile(NodeFiles files, String path) {
        this.files = files;
        this.path = path;
    }

    /** The journal on disk, or an empty journal if there is none. */
    public Journal read() throws IOException {
        var image = files.read(path);
        return image.isPresent() ? READER.readValue(image.get().text()) : Journal.empty();
    }

    /**
     * Writes {@code journal} to a temporary file and deletes it.
     *
     * @throws IOException if {@link #write} would fail, because the disk is full or read-only
     */
    public void tryWrite(Journal journal) throws IOException {
        files.tryWrite(path, FileImage.rootOnly(WRITER.writeValueAsString(journal)));
    }

    /** Returns when {@code journal} is durable. */
    public void write(Journal journal) throws IOException {
        var current = files.read(path);
        files.replace(path, current, FileImage.rootOnly(WRITER.writeValueAsString(journal) + "\n"));
    }
}
