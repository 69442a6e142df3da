/** Elements. What comes from the server enters as text, never as HTML. */

export const byId = (id) => document.getElementById(id);

/** An element with a class and children: elements or texts. */
export function make(name, className = '', ...children) {
    const element = document.createElement(name);
    element.className = className;
    element.append(...children);
    return element;
}

/** Writes a text where it has changed, so that what is selected stays so. */
export function write(element, text) {
    if (element.textContent !== text) {
        element.textContent = text;
    }
}

/**
 * Makes the rows of a table those of a list, and keeps the elements, and with them the focus and
 * what is below the pointer.
 */
export function fillRows(body, list, makeRow, fillRow) {
    while (body.rows.length > list.length) {
        body.deleteRow(-1);
    }
    list.forEach((each, i) => {
        if (body.rows.length <= i) {
            body.append(makeRow());
        }
        fillRow(body.rows[i], each);
    });
}
