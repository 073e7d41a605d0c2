// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QWidget>

class DetailsView;
class QToolButton;

/// The strip below the steps: a header that folds it, and the details. Owned by a LogPane.
class DetailsPanel : public QWidget
{
    Q_OBJECT
public:
    explicit DetailsPanel(QWidget *parent = nullptr);

    DetailsView *view() const { return m_view; }
    bool isFolded() const { return m_isFolded; }
    void setFolded(bool folded);
    /// As a tab, it has no header and is never folded.
    void setAsTab(bool asTab);

signals:
    void foldedChanged(bool folded);

private:
    void apply();

    QToolButton *m_header;
    DetailsView *m_view;
    bool m_isFolded = false;
    bool m_isTab = false;
};
