package io.sallyport.core.openapi;

import jakarta.validation.Validation;
import jakarta.validation.Validator;
import jakarta.validation.groups.Default;
import jakarta.validation.metadata.BeanDescriptor;
import jakarta.validation.metadata.ConstraintDescriptor;
import jakarta.validation.metadata.ContainerElementTypeDescriptor;
import jakarta.validation.metadata.PropertyDescriptor;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import org.hibernate.validator.HibernateValidator;
import org.hibernate.validator.messageinterpolation.ParameterMessageInterpolator;

/**
 * The constraints on one value, and those on what it contains. Immutable.
 *
 * @param constraints of the value, in a fixed order, with what composed ones consist of
 * @param elements of its type arguments
 */
record Rules(
    List<ConstraintDescriptor<?>> constraints, Set<ContainerElementTypeDescriptor> elements) {
  static final Rules NONE = new Rules(List.of(), Set.of());

  // Reads annotations only, and so interpolates nothing and needs no expression language.
  private static final Validator METADATA =
      Validation.byProvider(HibernateValidator.class)
          .configure()
          .ignoreXmlConfiguration()
          .messageInterpolator(new ParameterMessageInterpolator())
          .buildValidatorFactory()
          .getValidator();

  static Rules ofProperty(Class<?> bean, String property) {
    PropertyDescriptor found =
        METADATA.getConstraintsForClass(bean).getConstraintsForProperty(property);
    return found == null
        ? NONE
        : new Rules(
            flat(found.getConstraintDescriptors()), found.getConstrainedContainerElementTypes());
  }

  static Rules ofBean(Class<?> bean) {
    BeanDescriptor found = METADATA.getConstraintsForClass(bean);
    return new Rules(flat(found.getConstraintDescriptors()), Set.of());
  }

  /** The rules of the type argument at {@code index}. */
  Rules element(int index) {
    for (ContainerElementTypeDescriptor element : elements) {
      if (Integer.valueOf(index).equals(element.getTypeArgumentIndex())) {
        return new Rules(
            flat(element.getConstraintDescriptors()),
            element.getConstrainedContainerElementTypes());
      }
    }
    return NONE;
  }

  /** Whether {@code null} is refused. */
  boolean refuseNull() {
    return constraints.stream()
        .map(Rules::name)
        .anyMatch(name -> Set.of("NotNull", "NotBlank", "NotEmpty").contains(name));
  }

  static String name(ConstraintDescriptor<?> constraint) {
    return constraint.getAnnotation().annotationType().getSimpleName();
  }

  private static List<ConstraintDescriptor<?>> flat(
      Set<? extends ConstraintDescriptor<?>> constraints) {
    List<ConstraintDescriptor<?>> all = new ArrayList<>();
    for (ConstraintDescriptor<?> constraint : constraints) {
      // A group other than the default one is never asked for.
      if (constraint.getGroups().contains(Default.class)) {
        all.add(constraint);
        all.addAll(flat(constraint.getComposingConstraints()));
      }
    }
    // The validator answers a set, and a document must not vary.
    all.sort(
        Comparator.comparing((ConstraintDescriptor<?> each) -> name(each))
            .thenComparing(each -> each.getAnnotation().toString()));
    return all;
  }
}
