// The picture of a figure in a live notebook: Python draws it, and is told where the reader drags what can be dragged.
export default {
  render({ model, el }) {
    el.innerHTML = model.get("value");
    let grips = [], wish = null, busy = false;

    function tell() {                                  // one at a time: Python answers before it hears of the next
      if (busy || !wish) return;
      busy = true;
      model.send(wish);
      wish = null;
    }
    function stand() {
      const handles = model.get("handles"), frame = el.querySelector(".nn-frame");
      el.classList.toggle("nn-shut", model.get("shut"));
      if (!frame) return;
      while (grips.length < handles.length) {
        const key = grips.length;
        grips.push(new window.nnGrip(frame, [0, 0, 0, 0], at => { wish = { handle: key, at }; tell(); }));
      }
      grips.forEach((grip, k) => {
        grip.box = handles[k]?.[3] ?? grip.box;
        grip.stand(...(handles[k]?.slice(1, 3) ?? [null, null]));
      });
    }
    function draw() {                                  // the frame stays, since what is held stands in it
      const drawn = document.createElement("template");
      drawn.innerHTML = model.get("value");
      for (const part of [".nn-frame > svg", ".nn-says"]) {
        const after = drawn.content.querySelector(part);
        if (after) el.querySelector(part)?.replaceWith(after);
      }
    }
    model.on("change:value", draw);
    for (const name of ["handles", "shut"]) model.on(`change:${name}`, stand);
    model.on("msg:custom", () => { busy = false; tell(); });
    stand();
  },
};
