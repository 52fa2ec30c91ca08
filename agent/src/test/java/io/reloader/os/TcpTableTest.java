// SPDX-License-Identifier: Apache-2.0
package io.reloader.os;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class TcpTableTest {
    private static final String REST = " 00000000:00000000 00:00000000 00000000     0        0 12345 1 0 100 0 0 10 0";

    @Test
    void showsTheConnectionsToAPort() {
        assertThat(rows("  12: 0100007F:1F90 0100007F:D431 01" + REST)).containsExactly("0100007F:D431");
        assertThat(rows("  12: 00000000000000000000000001000000:1F90 00000000000000000000000001000000:D431 06" + REST))
                .containsExactly("00000000000000000000000001000000:D431");
    }

    @Test
    void marksAHandshakeThatIsUnderWay() {
        assertThat(rows("1234: 0100007F:1F90 0100007F:D431 03" + REST)).containsExactly("0100007F:D431 handshake");
    }

    @Test
    void leavesOutListenersAndOtherPorts() {
        assertThat(rows("   0: 0100007F:1F90 00000000:0000 0A" + REST)).isEmpty();
        assertThat(rows("   0: 0100007F:D431 0100007F:1F90 01" + REST)).isEmpty();
    }

    @Test
    void isNotConfusedByLinesOfAnotherForm() {
        assertThat(rows("")).isEmpty();
        assertThat(rows("sl  local_address rem_address   st tx_queue")).isEmpty();
        assertThat(rows("   0: 0100007F:1F90")).isEmpty();
    }

    @Test
    void readsWhereADescriptorIsPolled() {
        assertThat(Polled.parse(7, "tfd:       12 events: 80000019 data: ffffffff0000000c  pos:0 ino:5f sdev:8"))
                .isEqualTo(new Polled(7, 12, 0x80000019, 0xffffffff0000000cL));
        assertThat(Polled.parse(7, "pos:\t0")).isNull();
    }

    private static List<String> rows(String line) {
        List<String> rows = new ArrayList<>();
        TcpTable.parse(line, Set.of(8080), (remote, handshake) -> rows.add(handshake ? remote + " handshake" : remote));
        return rows;
    }
}
