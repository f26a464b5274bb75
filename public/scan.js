// The scan page: shows the camera's box where browsers cannot say whether scripts run, and fetches the
// camera at the tap, nothing before.
const box = document.getElementById("camera");
if (box) {
  box.classList.add("on");
  const button = box.querySelector("button");
  const first = () => {
    button.removeEventListener("click", first);
    import(box.dataset.camera)
      .then((camera) => camera.start(box))
      .catch(() => {
        box.querySelector("[role=status]").textContent = box.querySelector("[data-say=failed]").textContent;
        button.addEventListener("click", first);
      });
  };
  button.addEventListener("click", first);
}
