// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include "ladder/laddermodel.h"

#include <QWidget>

class LadderView;
class QAction;
class QMenu;
class QSettings;

/// The Sequence tab: one connection of a Recording as a ladder. Owned by a window, which owns the recording too.
class SequencePane : public QWidget
{
    Q_OBJECT
public:
    explicit SequencePane(const Recording &recording, QWidget *parent = nullptr);

    LadderModel &model() { return m_model; }
    LadderView *view() const { return m_view; }
    void setFollowsNewest(bool follows); ///< false: what is not live begins with its first row
    /// Sequence numbers from the connection's first, here and in a WirePane that selects with this one. Off at first,
    /// for there the lines are those of tcpdump -S -n, and an arrow and its line show the same numbers.
    QAction *relativeAction() const { return m_relative; }
    void addActionsTo(QMenu *menu); ///< what a View menu offers
    void restore(const QSettings &settings);
    void save(QSettings &settings) const;

signals:
    void saveRequested(const QString &path); ///< the ladder, as a picture or Mermaid

private:
    void savePicture();

    LadderModel m_model;
    LadderView *m_view;
    QAction *m_legend;
    QAction *m_relative;
    QAction *m_save;
};
