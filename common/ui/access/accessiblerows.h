// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QRect>
#include <QString>

class QWidget;

/// A view that paints rows itself, as assistive technology sees it: a list whose items are the rows. A view inherits
/// this besides QWidget, and tells which row is the current one. Nothing is made for rows that nobody asks for, and a
/// bounded number is kept of the others. Lives on the window's thread.
///
/// Rows are numbers from 0. The row of a query exists, except where a function says otherwise.
class AccessibleRows
{
public:
    static constexpr int maxItems = 2000; ///< of a list, that are kept at the same time

    AccessibleRows();
    virtual ~AccessibleRows() = default;
    Q_DISABLE_COPY_MOVE(AccessibleRows)

    virtual qsizetype accessibleCount() const = 0;
    virtual QString accessibleText(qsizetype row) const = 0;    ///< one line
    virtual QString accessibleDetails(qsizetype row) const = 0; ///< what the text leaves out
    virtual QRect accessibleRect(qsizetype row) const = 0;      ///< in the viewport; empty: not visible
    virtual qsizetype accessibleRowAt(QPoint place) const = 0;  ///< in the viewport; -1: none
    virtual qsizetype accessibleCurrent() const = 0;            ///< -1: none
    virtual bool isAccessibleSelected(qsizetype row) const = 0;
    virtual void goToAccessible(qsizetype row) = 0; ///< as if the user had selected it

protected:
    /// The current row is another one, or the view has got the focus.
    void tellCurrentRow(QWidget &view);
    /// For focusInEvent(): Qt tells of the view's focus after it.
    void tellFocus(QWidget &view);

private:
    qsizetype m_told = -1; ///< the row that was told last
};
