// SPDX-License-Identifier: Apache-2.0
package dev.sextant.server.flight;

import com.google.protobuf.Any;
import com.google.protobuf.ByteString;
import dev.sextant.model.DataType;
import dev.sextant.query.SqlParameter;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.apache.arrow.flight.CallStatus;
import org.apache.arrow.flight.Ticket;
import org.apache.arrow.flight.sql.impl.FlightSql.TicketStatementQuery;
import org.apache.arrow.vector.types.pojo.Schema;

/**
 * What a ticket says: a statement with the values of its parameters, the id it runs under, and the print of the columns that were told with it. It
 * says all, so that the server keeps nothing for askers who never come back, and it grants nothing, for who shows it is looked at again.
 */
record StatementTicket(String queryId, String sql, List<SqlParameter> parameters, Optional<String> columns) {
  private static final DataType.Kind[] KINDS = DataType.Kind.values();

  StatementTicket {
    parameters = List.copyOf(parameters);
  }

  static StatementTicket issue(String sql, List<SqlParameter> parameters, Optional<Schema> told) {
    return new StatementTicket("flight-" + UUID.randomUUID(), sql, parameters, told.map(WireSchema::print));
  }

  /** The ticket as Flight SQL packs it. */
  Ticket pack() {
    return new Ticket(Any.pack(TicketStatementQuery.newBuilder().setStatementHandle(bytes()).build()).toByteArray());
  }

  private ByteString bytes() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      write(queryId, out);
      write(sql, out);
      write(columns.orElse(""), out);
      out.writeInt(parameters.size());
      for (SqlParameter parameter : parameters) {
        out.writeByte(parameter.type().kind().ordinal());
        out.writeInt(parameter.type().precision());
        out.writeInt(parameter.type().scale());
        write(parameter.text(), out);
      }
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return ByteString.copyFrom(bytes.toByteArray());
  }

  private static void write(String text, DataOutputStream out) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    out.writeInt(bytes.length);
    out.write(bytes);
  }

  static StatementTicket read(TicketStatementQuery ticket) {
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(ticket.getStatementHandle().toByteArray()))) {
      String queryId = text(in);
      String sql = text(in);
      Optional<String> columns = Optional.of(text(in)).filter(print -> !print.isEmpty());
      int count = in.readInt();
      List<SqlParameter> parameters = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        DataType type = new DataType(KINDS[in.readByte()], in.readInt(), in.readInt());
        parameters.add(new SqlParameter(type, text(in)));
      }
      return new StatementTicket(queryId, sql, parameters, columns);
    } catch (IOException | ArrayIndexOutOfBoundsException notOurs) {
      throw CallStatus.INVALID_ARGUMENT.withDescription("This server has not given out this ticket.").toRuntimeException();
    }
  }

  private static String text(DataInputStream in) throws IOException {
    int length = in.readInt();
    if (length < 0 || length > in.available()) {
      throw new IOException("a text of " + length + " bytes");
    }
    return new String(in.readNBytes(length), StandardCharsets.UTF_8);
  }
}
