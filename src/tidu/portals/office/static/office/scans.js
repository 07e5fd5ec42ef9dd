// A paper that was sent goes into its form: upload.js tells {address, file, name}, the box [data-name] keeps it hidden.
document.body.addEventListener("tidu:uploaded", ({ detail }) => {
  const box = [...document.querySelectorAll("[data-upload][data-name]")].find((one) => one.dataset.upload === detail.address);
  if (!box || !detail.file) return;
  const kept = document.createElement("input");
  kept.type = "hidden";
  kept.name = box.dataset.name;
  kept.value = `${detail.file}/${detail.name}`;
  box.append(kept);
});
