// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include "ladder/laddermodel.h"
#include "ladder/selection.h"

#include <QWidget>

class LadderView;
class QAction;
class QMenu;
class QSettings;

/// The Sequence tab: one connection of a Recording as a ladder. Owned by a window, which also owns the recording.
class SequencePane : public QWidget
{
    Q_OBJECT
public:
    explicit SequencePane(const Recording &recording, QWidget *parent = nullptr);

    LadderModel &model() { return m_model; }
    LadderView *view() const { return m_view; }
    Selection &selection() { return m_selection; } ///< the other views of the window follow it, too
    void setFollowsNewest(bool follows);           ///< false, for a file: begins with the first row
    /// Relative sequence numbers, here and in a WirePane that selects with this pane. Off by default: the lines there
    /// are those of tcpdump -S -n, and an arrow and its line show the same numbers.
    QAction *relativeAction() const { return m_relative; }
    void addActionsTo(QMenu *menu); ///< of the View menu
    void restore(const QSettings &settings);
    void save(QSettings &settings) const;

signals:
    void saveRequested(const QString &path); ///< the ladder, as a picture or Mermaid

private:
    void savePicture();

    LadderModel m_model;
    Selection m_selection;
    LadderView *m_view;
    QAction *m_legend;
    QAction *m_relative;
    QAction *m_save;
};
