// A paper that upload.js has sent goes along with the form: its token becomes a hidden field.
document.body.addEventListener("tidu:uploaded", ({ detail }) => {
  const box = document.querySelector(`[data-upload="${detail.address}"]`);
  if (!box || !detail.paper) return;
  const field = document.createElement("input");
  field.type = "hidden";
  field.name = "paper";
  field.value = detail.paper;
  const lines = box.querySelectorAll("[data-upload-list] li:not(.refused)");
  lines[lines.length - 1].append(field);
});
