package io.sallyport.core.expansion;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import javax.sql.DataSource;

/** Connections to a real database that note every statement they execute. */
final class CountedStatements {
  private final DataSource database;
  private final List<String> executed = Collections.synchronizedList(new ArrayList<>());

  CountedStatements(DataSource database) {
    this.database = database;
  }

  /** The statements since the last call. */
  List<String> taken() {
    List<String> taken = List.copyOf(executed);
    executed.clear();
    return taken;
  }

  Connection connect() throws SQLException {
    Connection connection = database.getConnection();
    return proxy(
        Connection.class,
        (self, method, arguments) -> {
          Object result = invoke(connection, method, arguments);
          if (result instanceof PreparedStatement prepared) {
            return noting(PreparedStatement.class, prepared, (String) arguments[0]);
          }
          return result instanceof Statement statement
              ? noting(Statement.class, statement, "")
              : result;
        });
  }

  private <S> S noting(Class<S> type, S statement, String prepared) {
    return proxy(
        type,
        (self, method, arguments) -> {
          if (method.getName().startsWith("execute")) {
            executed.add(arguments == null ? prepared : (String) arguments[0]);
          }
          return invoke(statement, method, arguments);
        });
  }

  private static Object invoke(Object target, java.lang.reflect.Method method, Object[] arguments)
      throws Throwable {
    try {
      return method.invoke(target, arguments);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }

  private static <S> S proxy(Class<S> type, InvocationHandler handler) {
    return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
  }
}
