// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QTableView>

class QPushButton;

/// The step log: a table that follows its tail until the user scrolls up, says what will come while it is empty, and
/// touches only the rows it shows. Owned by a LogPane.
class StepView : public QTableView
{
    Q_OBJECT
public:
    static constexpr int copyLimit = 100'000; ///< lines that Copy takes at most

    explicit StepView(QWidget *parent = nullptr);

    void setModel(QAbstractItemModel *model) override;
    void setEmptyText(const QString &text); ///< what stands there while there are no rows
    bool isFollowing() const { return m_following; }

    void jumpToNewest();
    void copyLines(); ///< the selected rows, their columns separated by tabs

signals:
    void followingChanged(bool following);

protected:
    void keyPressEvent(QKeyEvent *event) override;
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    void setUpColumns();
    void rangeChanged();
    void scrolled();
    void setFollowing(bool following);
    void placeButton();

    QString m_emptyText;
    QPushButton *m_jump;
    bool m_following = true;
};
