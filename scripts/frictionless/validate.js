// Validates a data package against the Frictionless specifications and casts every
// value of every table to its type. Prints the number of rows of each table.
//
//   node validate.js FOLDER/datapackage.json
const fs = require('fs')
const path = require('path')
const {createHash} = require('crypto')
const {Package, validate} = require('datapackage')

async function main(file) {
  const {valid, errors} = await validate(file)
  if (!valid) throw errors
  const pack = await Package.load(file, {strict: true})
  const rows = {}
  for (const resource of pack.resources) {
    const at = path.join(path.dirname(file), resource.descriptor.path)
    const body = fs.readFileSync(at)
    const hash = 'sha256:' + createHash('sha256').update(body).digest('hex')
    if (body.length !== resource.descriptor.bytes || hash !== resource.descriptor.hash) throw [new Error(`${at}: other bytes than described`)]
    rows[resource.name] = (await resource.read({keyed: true})).length
  }
  console.log(JSON.stringify(rows))
}

main(process.argv[2]).catch(errors => {
  for (const e of [].concat(errors)) console.error(e.message, ...(e.errors || []).map(x => x.message))
  process.exit(1)
})
