// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include "statetext.h"

#include <QWidget>

class QLabel;

/// The TCP state of one end under a caption. A filled mark means that the state was read from the kernel, a hollow
/// one that it was inferred. The tool tip and assistive technology say so in words. Owned by a ConnectionBar.
class StateChip : public QWidget
{
    Q_OBJECT
public:
    StateChip(const char *labelName, const QString &caption, QWidget *parent);

    /// Empty: there is no connection, and the chip shows nothing.
    void setState(const std::optional<ShownState> &state);
    /// Shows the longest text that fits, or the shortest one if none fits.
    void setRoom(int width);
    int shortestWidth() const;

protected:
    void paintEvent(QPaintEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    int widthWith(const QString &text) const;
    void showMark();

    QString m_caption;
    QLabel *m_captionLabel;
    QLabel *m_label;
    QLabel *m_mark;
    ShownState m_state;
};
