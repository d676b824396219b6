package store

import (
	"context"
	"slices"
	"time"

	"github.com/seed-6c43f0f2/attache/alerts"
)

const (
	findPerson       = `SELECT id, names, bare, generation FROM persons WHERE catalogue = $1 AND item = $2`
	insertPerson     = `INSERT INTO persons (catalogue, item, names, bare, generation) VALUES ($1, $2, $3, $4, $5) RETURNING id`
	insertPersonName = `INSERT INTO person_names (name, person) VALUES ($1, $2) ON CONFLICT (name, person) DO NOTHING`
)

// Imported counts what an import did.
type Imported struct {
	Persons, Names          int // that the catalogue has now
	Added, Changed, Removed int // persons
	Cut                     int // names left out since the entries of one key have more than alerts.MaxAliases
}

// A Catalogue is one that was imported.
type Catalogue struct {
	Name           string
	Persons, Names int
	At             time.Time
}

// ImportCatalogue makes the catalogue of that name exactly what read yields, in one transaction: an error of read, which
// is returned, leaves it as it was. Persons of one key are one person. The roster's version grows only if something changed.
func (s *Store) ImportCatalogue(ctx context.Context, c alerts.Change, name string, read func(yield func(alerts.Person) error) error) (done Imported, err error) {
	if folded(name) == "" {
		return done, invalid("The catalogue needs a name.")
	}
	begun := false
	err = s.change(ctx, "import catalogue", func(tx txn) error {
		if begun { // what was read is not there to be read again: without it everybody would be taken for gone
			return invalid("Something else changed the store, or the connection to it was lost, while the catalogue was imported. Import it again.")
		}
		begun = true
		i := importer{ctx: ctx, tx: tx, now: c.At}
		if err := i.begin(name); err != nil {
			return err
		}
		if err := read(i.person); err != nil {
			return err
		}
		if err := i.end(); err != nil {
			return err
		}
		done = i.done
		if done.Added+done.Changed+done.Removed == 0 {
			return nil
		}
		if err := rosterMoved(ctx, tx); err != nil {
			return err
		}
		return audit(ctx, tx, c, nil, done)
	})
	return done, err
}

// importer is one import under way.
type importer struct {
	ctx        context.Context // the import is one call; it ends with it
	tx         txn
	now        time.Time
	catalogue  int64
	generation int64
	done       Imported
}

func (i *importer) begin(name string) error {
	_, err := i.tx.row(i.ctx, `INSERT INTO catalogues (folded, name, generation, persons, names, imported) VALUES ($1, $2, 1, 0, 0, $3)
		ON CONFLICT (folded) DO UPDATE SET generation = catalogues.generation + 1 RETURNING id, generation`,
		[]any{folded(name), name, at(i.now)}, &i.catalogue, &i.generation)
	return err
}

// person writes one person. One that was written in this generation before takes over the further names.
func (i *importer) person(p alerts.Person) error {
	var id, generation int64
	var old alerts.Person
	found, err := i.tx.row(i.ctx, findPerson, []any{i.catalogue, p.Key}, &id, document{&old.Names}, document{&old.Bare}, &generation)
	if err != nil {
		return err
	}
	i.done.Names += len(p.Keys())
	if !found {
		i.done.Added++
		if _, err := i.tx.row(i.ctx, insertPerson, []any{i.catalogue, p.Key, document{p.Names}, document{p.Bare}, i.generation}, &id); err != nil {
			return err
		}
		return i.names(id, p.Keys(), p.PrintedKeys())
	}
	again := generation == i.generation
	if again {
		i.done.Names -= len(p.Keys()) + len(old.Keys())
		p.Names, p.Bare = i.union(old.Names, p.Names), i.union(old.Bare, p.Bare)
		i.done.Names += len(p.Keys())
	}
	if slices.Equal(old.Names, p.Names) && slices.Equal(old.Bare, p.Bare) {
		if again {
			return nil
		}
		_, err := i.tx.exec(i.ctx, `UPDATE persons SET generation = $2 WHERE id = $1`, id, i.generation)
		return err
	}
	if !again {
		i.done.Changed++
	}
	if _, err := i.tx.exec(i.ctx, `UPDATE persons SET names = $2, bare = $3, generation = $4 WHERE id = $1`, id, document{p.Names}, document{p.Bare}, i.generation); err != nil {
		return err
	}
	if _, err := i.tx.exec(i.ctx, `DELETE FROM person_names WHERE person = $1`, id); err != nil {
		return err
	}
	return i.names(id, p.Keys(), p.PrintedKeys())
}

func (i *importer) names(id int64, keys ...[]string) error {
	for _, key := range slices.Concat(keys...) {
		if _, err := i.tx.exec(i.ctx, insertPersonName, key, id); err != nil {
			return err
		}
	}
	return nil
}

// end drops who is no longer in the catalogue, and counts.
func (i *importer) end() error {
	const gone = `SELECT id FROM persons WHERE catalogue = $1 AND generation <> $2`
	if _, err := i.tx.exec(i.ctx, `DELETE FROM person_names WHERE person IN (`+gone+`)`, i.catalogue, i.generation); err != nil {
		return err
	}
	n, err := i.tx.exec(i.ctx, `DELETE FROM persons WHERE catalogue = $1 AND generation <> $2`, i.catalogue, i.generation)
	if err != nil {
		return err
	}
	i.done.Removed = int(n)
	if _, err = i.tx.row(i.ctx, `SELECT COUNT(*) FROM persons WHERE catalogue = $1`, []any{i.catalogue}, &i.done.Persons); err != nil {
		return err
	}
	if err := keepEdition(i.ctx, i.tx); err != nil { // the others' keys were made anew when the store was opened
		return err
	}
	_, err = i.tx.exec(i.ctx, `UPDATE catalogues SET persons = $2, names = $3, imported = $4 WHERE id = $1`, i.catalogue, i.done.Persons, i.done.Names, at(i.now))
	return err
}

func (i *importer) union(a, b []string) []string {
	out := slices.Clone(a)
	for _, s := range b {
		switch {
		case slices.Contains(out, s):
		case len(out) < alerts.MaxAliases:
			out = append(out, s)
		default:
			i.done.Cut++
		}
	}
	return out
}

// Catalogues returns those that were imported, by name.
func (s *Store) Catalogues(ctx context.Context) (out []Catalogue, err error) {
	err = s.look(ctx, "read catalogues", func(tx txn) error {
		return tx.each(ctx, `SELECT name, persons, names, imported FROM catalogues ORDER BY folded`, nil, func(columns func(...any) error) error {
			var c Catalogue
			err := columns(&c.Name, &c.Persons, &c.Names, moment{&c.At})
			out = append(out, c)
			return err
		})
	})
	return out, err
}

// RemoveCatalogue forgets a catalogue and what watches learned from it; an *alerts.Invalid if it is not there.
func (s *Store) RemoveCatalogue(ctx context.Context, c alerts.Change, name string) error {
	return s.change(ctx, "remove catalogue", func(tx txn) error {
		var id int64
		var before Catalogue
		found, err := tx.row(ctx, `SELECT id, name, persons, names, imported FROM catalogues WHERE folded = $1`, []any{folded(name)},
			&id, &before.Name, &before.Persons, &before.Names, moment{&before.At})
		if err != nil {
			return err
		}
		if !found {
			return invalid("There is no imported catalogue named %s. See: bot aliases list", name)
		}
		for _, query := range []string{
			`DELETE FROM person_names WHERE person IN (SELECT id FROM persons WHERE catalogue = $1)`,
			`DELETE FROM persons WHERE catalogue = $1`,
			`DELETE FROM catalogues WHERE id = $1`,
		} {
			if _, err := tx.exec(ctx, query, id); err != nil {
				return err
			}
		}
		if err := rosterMoved(ctx, tx); err != nil {
			return err
		}
		return audit(ctx, tx, c, before, nil)
	})
}
