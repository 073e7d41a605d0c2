// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QPlainTextEdit>

class QLabel;

/// A plain text edit that looks like a line edit, and grows from one line to five. A note stands at its right edge.
/// Tab moves the focus.
class GrowingEdit : public QPlainTextEdit
{
    Q_OBJECT
public:
    static constexpr int maxLines = 5; ///< visible at once

    explicit GrowingEdit(QWidget *parent = nullptr);

    void setNote(const QString &note);

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

protected:
    bool event(QEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    void fitHeight();
    void placeNote();
    int heightOf(int lines) const;

    QLabel *m_note;
};
