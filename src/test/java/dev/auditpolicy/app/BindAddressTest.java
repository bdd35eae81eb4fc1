package dev.auditpolicy.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetSocketAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.TypeConversionException;

class BindAddressTest {

    private final BindAddress.Converter converter = new BindAddress.Converter();

    @Test
    void isAHostAndAPort() {
        assertThat(converter.convert("10.0.0.1:9000").socket()).contains(new InetSocketAddress("10.0.0.1", 9000));
        assertThat(converter.convert("[fd00::1]:9000").socket()).contains(new InetSocketAddress("fd00::1", 9000));
    }

    @Test
    void isAllAddressesWithoutAHost() {
        assertThat(converter.convert(":9000").socket()).contains(new InetSocketAddress(9000));
    }

    @Test
    void isDisabledForZero() {
        assertThat(converter.convert("0").socket()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "9000", "10.0.0.1", "fd00::1:9000", "10.0.0.1:65536", "10.0.0.1:http"})
    void rejectsInvalidAddresses(String text) {
        assertThatThrownBy(() -> converter.convert(text))
                .isInstanceOf(TypeConversionException.class)
                .hasMessageContaining("'" + text + "'");
    }

    @Test
    void acceptsAnUnbracketedIPv6NodeAddress() {
        assertThat(BindAddress.on("fd00::1").socket())
                .contains(new InetSocketAddress("fd00::1", BindAddress.DEFAULT_PORT));
    }
}
