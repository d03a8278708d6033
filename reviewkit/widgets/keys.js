// Keys and focus inside the workbench's widgets, which JupyterLab would take for its own, or let go.
if (!document.rkwKeepsKeys) {
  document.rkwKeepsKeys = true;  // once a page, however many cells hold a widget
  const REACHED = 'button, select, textarea, input, summary, a[href], [tabindex="0"]';
  const usable = one => one.isConnected && !one.disabled && one.getClientRects().length > 0 &&
    getComputedStyle(one).visibility !== 'hidden';
  let order = [], last = null;

  // ToggleButtons show by colour alone which one is pressed: say it too.
  const say = widget => widget.querySelectorAll('.widget-toggle-buttons button').forEach(
    one => one.setAttribute('aria-pressed', String(one.classList.contains('mod-active'))));

  // A button that goes, or is greyed, once it is pressed leaves the keyboard nowhere: its neighbour has it then.
  const keepPlace = () => {
    if (!last || usable(last) || document.activeElement?.closest('.rkw')) return;
    const at = order.indexOf(last);
    const next = order.slice(at + 1).find(usable) || order.slice(0, at).reverse().find(usable);
    last = null;
    if (next) next.focus();
  };

  const changed = new MutationObserver(() => {
    if (last) say(last.closest('.rkw') || document);
    setTimeout(keepPlace, 60);
  });
  document.addEventListener('focusin', event => {
    const widget = event.target.closest('.rkw');
    if (!widget) return;
    last = event.target;
    order = [...widget.querySelectorAll(REACHED)];
    say(widget);
    changed.disconnect();
    changed.observe(widget, {subtree: true, childList: true, attributeFilter: ['class', 'style', 'disabled']});
  });
  // A letter on a button is no command of JupyterLab's, such as m or d d; keys with Ctrl and Esc stay its own.
  window.addEventListener('keydown', event => {
    if (!event.target.closest?.('.rkw')) return;
    const theirs = event.ctrlKey || event.metaKey || event.altKey || event.key === 'Escape';
    event.target.toggleAttribute('data-lm-suppress-shortcuts', !theirs);
  }, true);
  document.addEventListener('focusout', event => {
    if (event.target === last && usable(last)) last = null;  // left on purpose
  });
}
