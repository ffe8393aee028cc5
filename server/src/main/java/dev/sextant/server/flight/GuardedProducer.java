// SPDX-License-Identifier: Apache-2.0
package dev.sextant.server.flight;

import com.google.protobuf.Any;
import com.google.protobuf.InvalidProtocolBufferException;
import java.util.function.Supplier;
import org.apache.arrow.flight.Action;
import org.apache.arrow.flight.ActionType;
import org.apache.arrow.flight.CallStatus;
import org.apache.arrow.flight.Criteria;
import org.apache.arrow.flight.FlightDescriptor;
import org.apache.arrow.flight.FlightInfo;
import org.apache.arrow.flight.FlightProducer;
import org.apache.arrow.flight.FlightStream;
import org.apache.arrow.flight.PutResult;
import org.apache.arrow.flight.Result;
import org.apache.arrow.flight.SchemaResult;
import org.apache.arrow.flight.Ticket;

/** Stands before the producer: lets only Flight SQL and requests for features through and gives every failure its Flight status. */
record GuardedProducer(FlightProducer inner, FeatureTickets features) implements FlightProducer {

  @Override
  public FlightInfo getFlightInfo(CallContext context, FlightDescriptor descriptor) {
    return answer("GetFlightInfo", () -> inner.getFlightInfo(context, checked(descriptor)));
  }

  @Override
  public SchemaResult getSchema(CallContext context, FlightDescriptor descriptor) {
    return answer("GetSchema", () -> inner.getSchema(context, checked(descriptor)));
  }

  @Override
  public void getStream(CallContext context, Ticket ticket, ServerStreamListener listener) {
    run("DoGet", () -> {
      if (FeatureTickets.isOne(ticket.getBytes())) {
        features.send(ticket.getBytes(), context, listener);
      } else {
        inner.getStream(context, new Ticket(checked(ticket.getBytes())), listener);
      }
    });
  }

  @Override
  public Runnable acceptPut(CallContext context, FlightStream flightStream, StreamListener<PutResult> ackStream) {
    Runnable work = answer("DoPut", () -> {
      checked(flightStream.getDescriptor());
      return inner.acceptPut(context, flightStream, ackStream);
    });
    return () -> run("DoPut", work);
  }

  @Override
  public void doAction(CallContext context, Action action, StreamListener<Result> listener) {
    run("DoAction", () -> inner.doAction(context, action, listener));
  }

  @Override
  public void listActions(CallContext context, StreamListener<ActionType> listener) {
    run("ListActions", () -> inner.listActions(context, listener));
  }

  @Override
  public void listFlights(CallContext context, Criteria criteria, StreamListener<FlightInfo> listener) {
    listener.onCompleted();
  }

  private static FlightDescriptor checked(FlightDescriptor descriptor) {
    if (!descriptor.isCommand()) {
      throw CallStatus.INVALID_ARGUMENT.withDescription("Flight paths are not served here; send a Flight SQL command.")
          .toRuntimeException();
    }
    checked(descriptor.getCommand());
    return descriptor;
  }

  private static byte[] checked(byte[] command) {
    try {
      var unused = Any.parseFrom(command);
      return command;
    } catch (InvalidProtocolBufferException other) {
      throw CallStatus.INVALID_ARGUMENT.withDescription("This is no Flight SQL command.").toRuntimeException();
    }
  }

  private static <T> T answer(String call, Supplier<T> work) {
    try {
      return work.get();
    } catch (RuntimeException failure) {
      throw FlightErrors.of(failure, call);
    }
  }

  private static void run(String call, Runnable work) {
    try {
      work.run();
    } catch (RuntimeException failure) {
      throw FlightErrors.of(failure, call);
    }
  }
}
