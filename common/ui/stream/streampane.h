// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include "stream/streamreader.h"

#include <QWidget>

#include <functional>

class ElidedLabel;
class QComboBox;
class QLineEdit;
class QToolButton;
class Recording;
class Selection;
class StreamView;

/// The Stream tab: the bytes of one connection of a Recording, of both directions or of one, as text or as a hex dump,
/// with a search. Follows the connection only while it is visible. Owned by a window, which also owns the recording.
class StreamPane : public QWidget
{
    Q_OBJECT
public:
    /// paths: of the capture files, by Segment::payloadFile; asked again for each connection.
    StreamPane(const Recording &recording, std::function<QStringList()> paths, QWidget *parent = nullptr);

    StreamView *view() const { return m_view; }
    StreamReader &reader() { return m_reader; }

    void showFlow(int flow);             ///< -1: none
    void showConnection(int connection); ///< the flow of this connection, once it is known
    void setEmptyText(const QString &text);
    void setFollowsNewest(bool follows); ///< false, for a file: begins with the first row
    /// Gives a view's context menu the item Follow Stream, which calls `show`.
    void addFollowActionTo(QWidget &view, const std::function<void()> &show);
    /// Selects the segment that began the turn of the current row.
    void selectWith(Selection &selection);
    std::optional<Side> only() const; ///< the direction that is shown; nothing: both

signals:
    void saveRequested(const QString &path); ///< the bytes that are shown, as they are

protected:
    void showEvent(QShowEvent *event) override;
    bool event(QEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;

private:
    void createActions();
    QAction *actionOf(const QKeyEvent &event) const;
    void restart();
    void setFlow(int flow);
    void update();
    void updateNote();
    void find(bool isBackward);
    void endSearch(const QString &sentence);
    void askWhereToSave();

    const Recording &m_recording;
    const std::function<QStringList()> m_paths;
    StreamReader m_reader;
    QComboBox *m_direction;
    QComboBox *m_form;
    QLineEdit *m_search;
    QToolButton *m_cancel;
    QToolButton *m_save;
    ElidedLabel *m_note;
    StreamView *m_view;
    qint64 m_searchedSize = 0; ///< of the bytes that are searched for
    int m_connection = 0;      ///< 0: a flow is shown, whichever connection it belongs to
    int m_flow = -1;
    bool m_isStale = true; ///< the reader does not show m_flow yet
};
