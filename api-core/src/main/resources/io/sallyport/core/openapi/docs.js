// Relative to the page, so that it works below any context path. No validator: it is another host.
window.ui = SwaggerUIBundle({
  url: "openapi.json",
  dom_id: "#swagger-ui",
  validatorUrl: null,
  // A document from the page's own query would be somebody else's.
  queryConfigEnabled: false,
  // A token that is pasted in lives as long as the page.
  persistAuthorization: false,
  deepLinking: true,
  presets: [SwaggerUIBundle.presets.apis],
  layout: "BaseLayout"
});
