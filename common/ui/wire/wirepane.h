// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include "ladder/wirelines.h"

#include <QWidget>

class CaptureControl;
class CapturePanel;
class QCheckBox;
class QLabel;
class QMenu;
class QSettings;
class QStackedWidget;
class SequencePane;
class WireView;

/// The Wire tab: one connection of a Recording as tcpdump's page, or, where nothing is captured and nothing can be,
/// what is missing for that. Owned by a window, which owns the recording too.
class WirePane : public QWidget
{
    Q_OBJECT
public:
    explicit WirePane(const Recording &recording, QWidget *parent = nullptr);

    WireLines &lines() { return m_lines; }
    WireView *view() const { return m_view; }

    void setEmptyText(const QString &text);
    void setFollowsNewest(bool follows); ///< false: what is not live begins with its first line
    /// From now on segments and steps are selected here and there together, and numbers are relative in both or in
    /// neither.
    void selectWith(SequencePane &sequence);
    /// From now on the panel is shown while the last attempt to capture failed, and there are no lines.
    void serve(CaptureControl &capture);
    void showHowToCapture(); ///< the panel, whatever there is, until one leaves it

    bool save(const QString &path); ///< the page, as --dump-wire prints it; says what went wrong, and that it went well
    void addActionsTo(QMenu *menu); ///< what a View menu offers
    void restore(const QSettings &settings);
    void save(QSettings &settings) const;

protected:
    void showEvent(QShowEvent *event) override;
    void hideEvent(QHideEvent *event) override;

private:
    void askWhereToSave();
    void updateShown();
    void createPanel();

    WireLines m_lines;
    QCheckBox *m_relative;
    QLabel *m_note;
    QStackedWidget *m_stack;
    WireView *m_view;
    QWidget *m_page; ///< the view and what is above it
    CaptureControl *m_capture = nullptr;
    CapturePanel *m_panel = nullptr; ///< once it was to be seen: it costs a tenth of what a window's start does
    bool m_isForbidden = false;      ///< the last attempt to capture failed
    bool m_isHowWanted = false;
};
