package io.sallyport.examples.reference.application;

import io.sallyport.examples.reference.domain.User;
import java.util.List;

/** The users of the transaction's tenant. */
public interface UserRepository {
  /** All of them, in the order of their subjects. */
  List<User> list();
}
