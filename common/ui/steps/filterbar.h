// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include "steps/stepfilter.h"

#include <QWidget>

class ElidedLabel;
class QAction;
class QActionGroup;
class QCheckBox;
class QLabel;
class QLineEdit;
class QMenu;
class QPushButton;
class StepModel;

/// Sets the filter of a log: a field and the events' switch, and below them, while there is something to say, what is
/// shown in words, with a way to show all. Owned by a LogPane.
class FilterBar : public QWidget
{
    Q_OBJECT
public:
    /// The model outlives this object.
    explicit FilterBar(StepModel &model, QWidget *parent = nullptr);

    void showOnly(int connection); ///< 0: all
    void setKind(StepFilter::Kind kind);
    void setShowsEvents(bool shows);
    bool showsEvents() const;
    void clear();   ///< hides the rows so far
    void showAll(); ///< but no events, if they are switched off
    /// Says what was just done, until the next change.
    void setNote(const QString &note);
    void focusField();

    QAction *eventsAction() const { return m_eventsAction; }
    QAction *expressionAction() const { return m_expressionAction; }
    void addKindsTo(QMenu *menu) const;

signals:
    void changed(); ///< which rows are shown

protected:
    void changeEvent(QEvent *event) override;

private:
    QWidget *createFields();
    void createActions();
    void apply();
    void showExpressionIcon();
    void refreshWords();
    QStringList words() const;
    void refreshProgress();

    StepModel &m_model;
    QLineEdit *m_field;
    QCheckBox *m_events;
    QLabel *m_progress; ///< of a search that takes a while
    QPushButton *m_stop;
    ElidedLabel *m_words;
    QPushButton *m_showAll;
    QAction *m_eventsAction;
    QAction *m_expressionAction;
    QActionGroup *m_kinds; ///< the data of each action is a kind
    StepFilter::Kind m_kind = StepFilter::Kind::All;
    int m_connection = 0;
    TextPattern::Mistake m_mistake;
    QString m_note;
    bool m_hasIcon = false; ///< in the field
};
