package io.sallyport.core.filter;

import java.io.EOFException;
import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.util.Locale;

/** Whether an exception only says that the client closed its connection. */
final class Vanished {
  private Vanished() {}

  static boolean isClientGone(Throwable thrown) {
    for (Throwable at = thrown; at != null; at = at.getCause()) {
      if (at instanceof EOFException || at instanceof ClosedChannelException) {
        return true;
      }
      // Tomcat's ClientAbortException and the kernel's own words: no type to go by.
      if (at instanceof IOException && isAboutThePeer(at)) {
        return true;
      }
    }
    return false;
  }

  private static boolean isAboutThePeer(Throwable thrown) {
    String type = thrown.getClass().getSimpleName();
    String message = String.valueOf(thrown.getMessage()).toLowerCase(Locale.ROOT);
    return type.equals("ClientAbortException")
        || message.contains("broken pipe")
        || message.contains("connection reset");
  }
}
