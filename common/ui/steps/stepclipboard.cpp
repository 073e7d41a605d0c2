// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "stepclipboard.h"

#include "steps/stepmodel.h"
#include "stepview.h"

#include <QApplication>
#include <QClipboard>
#include <QLocale>

#include <algorithm>

namespace {

struct StepClipboardStrings {
    Q_DECLARE_TR_FUNCTIONS(StepClipboard)
};

struct CopiedRows {
    qsizetype selected = 0;
    qsizetype taken = 0;
};

/// Calls take(row) for selected rows from the top, at most copyLimit of them, until it returns false.
template<typename F>
CopiedRows forSelectedRows(const StepView &view, F take)
{
    CopiedRows rows;
    QItemSelection selection = view.selectionModel() ? view.selectionModel()->selection() : QItemSelection();
    std::sort(selection.begin(), selection.end(),
              [](const QItemSelectionRange &a, const QItemSelectionRange &b) { return a.top() < b.top(); });
    bool takesMore = true;
    for (const QItemSelectionRange &range : std::as_const(selection)) {
        rows.selected += range.height();
        for (int row = range.top(); takesMore && row <= range.bottom() && rows.taken < StepView::copyLimit; ++row) {
            ++rows.taken;
            takesMore = take(row);
        }
    }
    return rows;
}

QString leftOutText(const CopiedRows &rows)
{
    const QLocale locale;
    return rows.taken == rows.selected ? QString()
                                       : StepClipboardStrings::tr("Copied the first %1 of %2 rows.")
                                             .arg(locale.toString(rows.taken), locale.toString(rows.selected));
}

} // namespace

QString StepClipboard::copyRows(const StepView &view)
{
    QString text;
    const CopiedRows rows = forSelectedRows(view, [&](int row) {
        QStringList columns;
        for (int column = 0; column < view.model()->columnCount(); ++column) {
            if (!view.isColumnHidden(column))
                columns.append(view.model()->index(row, column).data(StepModel::LineRole).toString());
        }
        text += columns.join(QLatin1Char('\t')) + QLatin1Char('\n');
        return true;
    });
    if (rows.taken > 0)
        QApplication::clipboard()->setText(text);
    return leftOutText(rows);
}

QString StepClipboard::copySteps(const StepView &view, const StepModel &model, StepCopy::Form form)
{
    StepCopy copy(form);
    const CopiedRows rows = forSelectedRows(view, [&](int row) {
        copy.add(model.stepAt(row));
        return !copy.isFull();
    });
    if (copy.count() == 0)
        return form == StepCopy::Form::Lines
                   ? StepClipboardStrings::tr("Nothing was copied: no numbered step is selected.")
                   : StepClipboardStrings::tr("Nothing was copied: no message is selected.");
    QApplication::clipboard()->setText(copy.text());
    return leftOutText(rows);
}
