// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include "ladder/wirelines.h"

#include <QWidget>

class CaptureControl;
class CapturePanel;
class QCheckBox;
class QComboBox;
class QHBoxLayout;
class QLabel;
class QMenu;
class QSettings;
class QStackedWidget;
class SequencePane;
class WireView;

/// The Wire tab: one connection of a Recording as tcpdump prints it or, if nothing can be captured, what is missing.
/// Owned by a window, which also owns the recording.
class WirePane : public QWidget
{
    Q_OBJECT
public:
    explicit WirePane(const Recording &recording, QWidget *parent = nullptr);

    WireLines &lines() { return m_lines; }
    WireView *view() const { return m_view; }

    void setEmptyText(const QString &text);
    void setFollowsNewest(bool follows); ///< false, for a file: begins with the first line
    /// Follows the ladder's selection, and shares its switch for relative numbers.
    void selectWith(SequencePane &sequence);
    /// Of an emulated link: this end's lines come first.
    void setSeenAt(Side end);
    /// Shows the panel while there are no lines and the last attempt to capture failed.
    void serve(CaptureControl &capture);
    void showHowToCapture(); ///< the panel, even if there are lines, until the tab is left

    bool save(const QString &path); ///< as --dump-wire prints it; reports success or failure
    void addActionsTo(QMenu *menu); ///< of the View menu
    void restore(const QSettings &settings);
    void save(QSettings &settings) const;

protected:
    void showEvent(QShowEvent *event) override;
    void hideEvent(QHideEvent *event) override;

private:
    void askWhereToSave();
    void updateShown();
    void createPanel();
    void createSeenAt(QHBoxLayout &row);

    WireLines m_lines;
    QCheckBox *m_relative;
    QWidget *m_seenAtRow; ///< with its label; shown where there is a link
    QComboBox *m_seenAt;
    QLabel *m_note;
    QStackedWidget *m_stack;
    WireView *m_view;
    QWidget *m_page; ///< the view and the row above it
    CaptureControl *m_capture = nullptr;
    CapturePanel *m_panel = nullptr; ///< made when first shown: it takes a tenth of a window's start
    bool m_isForbidden = false;      ///< the last attempt to capture failed
    bool m_isHowWanted = false;
};
