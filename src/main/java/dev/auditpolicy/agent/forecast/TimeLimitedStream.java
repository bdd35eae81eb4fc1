package dev.auditpolicy.agent.forecast;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.function.BooleanSupplier;

/** Ends early when the time is up. */
final class TimeLimitedStream extends FilterInputStream {

    private final BooleanSupplier isTimeUp;

    TimeLimitedStream(InputStream stream, BooleanSupplier isTimeUp) {
        super(stream);
        this.isTimeUp = isTimeUp;
    }

    @Override
    public int read() throws IOException {
        return isTimeUp.getAsBoolean() ? -1 : super.read();
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        return isTimeUp.getAsBoolean() ? -1 : super.read(bytes, offset, length);
    }
}
